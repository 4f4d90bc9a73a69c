/** The stretch of time that all charts show together: zoomed by drag, wheel, keys and buttons. */

const STRETCHES = /** @type {const} */ ([
  ["1 h", 3600],
  ["6 h", 21_600],
  ["1 d", 86_400],
  ["7 d", 604_800],
  ["all", Number.POSITIVE_INFINITY],
]);

/** Shorter than this a minute is wider than a thumb. */
const SHORTEST_SECONDS = 900;

class TimeAxis {
  /** @param {number} first @param {number} last seconds since 1970 */
  constructor(first, last) {
    this.first = first;
    this.last = Math.max(last, first + 60);
    this.min = this.first;
    this.max = this.last;
    /** @type {((min: number, max: number) => void)[]} */
    this.listeners = [];
  }

  /** Shows `[min, max]`, moved and cut to what there is. @param {number} min @param {number} max */
  show(min, max) {
    const whole = this.last - this.first;
    const length = Math.min(whole, Math.max(Math.min(SHORTEST_SECONDS, whole), max - min));
    const start = Math.min(Math.max(this.first, min), this.last - length);
    if (start === this.min && start + length === this.max) return;
    this.min = start;
    this.max = start + length;
    for (const listener of this.listeners) listener(this.min, this.max);
  }

  /** Grows or shrinks the stretch around an instant. @param {number} factor @param {number} [around] */
  zoom(factor, around = (this.min + this.max) / 2) {
    this.show(around - (around - this.min) * factor, around + (this.max - around) * factor);
  }

  /** @param {number} share of the stretch; negative is earlier */
  pan(share) {
    const by = (this.max - this.min) * share;
    this.show(this.min + by, this.max + by);
  }

  /** A stretch of this length around the middle of what is shown. @param {number} seconds */
  stretch(seconds) {
    const middle = (this.min + this.max) / 2;
    this.show(middle - seconds / 2, middle + seconds / 2);
  }

  /** Brings an instant into view without zooming out. @param {number} at */
  reveal(at) {
    const length = Math.min(this.max - this.min, 86_400 / 4);
    this.show(at - length / 2, at + length / 2);
  }
}

/** Buttons for the usual lengths. @param {TimeAxis} axis */
function stretchButtons(axis) {
  const group = element("div", { class: "buttons", role: "group", "aria-label": "Zoom" });
  for (const [text, seconds] of STRETCHES) {
    group.append(
      element(
        "button",
        { type: "button", onclick: () => axis.stretch(Math.min(seconds, axis.last - axis.first)) },
        text,
      ),
    );
  }
  return group;
}

/** Arrows move, plus and minus zoom, 0 shows all. @param {KeyboardEvent} event @param {TimeAxis} axis */
function onAxisKey(event, axis) {
  /** @type {Record<string, () => void>} */
  const keys = {
    ArrowLeft: () => axis.pan(-0.25),
    ArrowRight: () => axis.pan(0.25),
    "+": () => axis.zoom(0.5),
    "=": () => axis.zoom(0.5),
    "-": () => axis.zoom(2),
    0: () => axis.show(axis.first, axis.last),
  };
  const act = keys[event.key];
  if (act === undefined) return;
  event.preventDefault();
  act();
}
