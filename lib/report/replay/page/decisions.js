/** Forewarm's decisions: a list to look through, and one of them in full. */

const PAGE_SIZE = 200;

const FILTERS = /** @type {const} */ ([
  ["acts", "changes of capacity"],
  ["holds", "held back"],
  ["bounds", "limited"],
  ["all", "all that were kept"],
]);

/** @param {PageDecision} decision @param {string} filter */
function passes(decision, filter) {
  if (filter === "acts") return decision.from !== decision.desired && decision.outcome.startsWith("accepted");
  if (filter === "holds") return decision.holds.length > 0;
  if (filter === "bounds") return decision.bounds.length > 0;
  return true;
}

class DecisionPanel {
  /**
   * @param {PageData} data @param {View} view
   * @param {(decision: PageDecision) => void} onOpen
   */
  constructor(data, view, onOpen) {
    this.decisions = data.runs.find((run) => run.decisions.length > 0)?.decisions ?? [];
    this.view = view;
    this.onOpen = onOpen;
    this.filter = "acts";
    this.shown = PAGE_SIZE;
    this.list = element("ol", { class: "decisions" });
    this.detail = element("div", { class: "detail", "aria-live": "polite" });
    const filter = chooser(
      "Show",
      FILTERS.map(([value, text]) => ({ value, text })),
      this.filter,
      (value) => this.choose(value),
    );
    this.root = element(
      "section",
      { class: "panel", "aria-label": "Decisions" },
      element("h2", {}, "Decisions"),
      element(
        "p",
        { class: "note" },
        "Click a decision here, or a moment in a chart. A quiet minute repeats the decision before it.",
      ),
      filter,
      element("div", { class: "columns" }, this.list, this.detail),
    );
    this.drawList();
    this.showNothing();
  }

  /** @param {string} filter */
  choose(filter) {
    this.filter = filter;
    this.shown = PAGE_SIZE;
    this.drawList();
  }

  drawList() {
    const passing = this.passing();
    const rows = passing.slice(0, this.shown).map((decision) => this.row(decision));
    fill(this.list, ...rows);
    if (passing.length > this.shown) {
      const more = () => {
        this.shown += PAGE_SIZE;
        this.drawList();
      };
      this.list.append(
        element(
          "li",
          {},
          element(
            "button",
            { type: "button", onclick: more },
            `${grouped(passing.length - this.shown)} more`,
          ),
        ),
      );
    }
    if (passing.length === 0) this.list.append(element("li", { class: "note" }, "none"));
  }

  /** @param {PageDecision} decision */
  row(decision) {
    const open = () => this.open(decision);
    return element(
      "li",
      {},
      element(
        "button",
        { type: "button", class: "decision", onclick: open, "data-at": decision.at },
        element("time", {}, instant(decision.at, this.view.timeZone)),
        element("span", {}, decision.reason),
      ),
    );
  }

  /** The decision in force at an instant. @param {number} at */
  pick(at) {
    const found = this.decisions.findLast((decision) => decision.at <= at);
    if (found !== undefined) this.open(found);
  }

  passing() {
    return this.decisions.filter((decision) => passes(decision, this.filter));
  }

  /** Brings the list to a decision, or to the last before it that the filter shows. @param {number} at */
  scrollTo(at) {
    const passing = this.passing();
    const index = passing.findLastIndex((each) => each.at <= at);
    if (index >= this.shown) {
      this.shown = index + PAGE_SIZE;
      this.drawList();
    }
    for (const button of this.list.querySelectorAll("button[aria-current]")) {
      button.removeAttribute("aria-current");
    }
    const button = this.list.children[index]?.querySelector("button");
    if (!(button instanceof HTMLElement)) return;
    this.list.scrollTop = button.offsetTop - this.list.offsetTop - this.list.clientHeight / 3;
    if (passing[index]?.at === at) button.setAttribute("aria-current", "true");
  }

  /** @param {PageDecision} decision */
  open(decision) {
    this.scrollTo(decision.at);
    fill(this.detail, ...detailOf(decision, this.view.timeZone));
    history.replaceState(null, "", `#t=${isoMinute(decision.at)}`);
    this.onOpen(decision);
  }

  showNothing() {
    fill(
      this.detail,
      element(
        "p",
        { class: "note" },
        this.decisions.length === 0 ? "This result holds no decisions." : "No decision is chosen.",
      ),
    );
  }
}

/** @param {PageDecision} decision @param {string} timeZone */
function detailOf(decision, timeZone) {
  const { needs, holds, bounds, overrides, notices } = decision;
  const most = Math.max(
    ...needs.map((need) => (decision.desired > decision.from ? need.whenActing : need.units)),
  );
  const parts = [
    element("time", {}, instant(decision.at, timeZone)),
    element("h3", {}, decision.reason),
    element(
      "p",
      { class: "note" },
      `Desired ${decision.from} → ${decision.desired}, ready ${decision.ready}${decision.locked ? ", locked" : ""}. Outcome: ${decision.outcome}`,
    ),
    reasons(
      "Needs (the largest wins)",
      needs.map((need) => {
        const wins = (decision.desired > decision.from ? need.whenActing : need.units) === most;
        const acting = need.whenActing > need.units ? `, ${need.whenActing} when acting` : "";
        return [`${wins ? "▸ " : ""}${need.by}: ${need.units}${acting}`, need.reason];
      }),
    ),
    reasons(
      "Holds (not below)",
      holds.map((hold) => [`${hold.by}: ${hold.units}`, hold.reason]),
    ),
    reasons(
      "Bounds",
      bounds.map((bound) => [`${bound.by}: ${bound.from} → ${bound.to}`, bound.reason]),
    ),
    reasons(
      "Overrides",
      overrides.map((override) => [override.kind, override.reason]),
    ),
    reasons(
      "Notices",
      notices.map((notice) => [notice.kind, notice.text]),
    ),
  ];
  return parts.filter((part) => part !== null);
}

/** @param {string} title @param {readonly string[][]} rows */
function reasons(title, rows) {
  if (rows.length === 0) return null;
  const list = element("dl", {});
  for (const [head = "", body = ""] of rows) list.append(element("dt", {}, head), element("dd", {}, body));
  return element("div", { class: "reasons" }, element("h4", {}, title), list);
}
