/** Builds the page's elements. Text goes in as text, so nothing that is shown can become markup. */

/**
 * An element with attributes (`onclick` and the like as listeners) and children; strings become text.
 * @param {string} tag
 * @param {Record<string, string | number | boolean | ((event: any) => void)>} attributes
 * @param {...(Node | string)} children
 * @returns {HTMLElement}
 */
function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") made.addEventListener(name.slice(2), value);
    else if (typeof value === "boolean") made.toggleAttribute(name, value);
    else made.setAttribute(name, String(value));
  }
  made.append(...children);
  return made;
}

/**
 * Puts children into a parent in place of what was there.
 * @param {Element} parent
 * @param {...(Node | string)} children
 */
function fill(parent, ...children) {
  parent.replaceChildren(...children);
}

/**
 * A drop-down with a label.
 * @param {string} label
 * @param {readonly { value: string, text: string }[]} options
 * @param {string} chosen
 * @param {(value: string) => void} onChoose
 */
function chooser(label, options, chosen, onChoose) {
  const select = element("select", {
    onchange: (event) => onChoose(event.target.value),
  });
  for (const { value, text } of options) {
    select.append(element("option", { value, selected: value === chosen }, text));
  }
  return element("label", { class: "chooser" }, `${label} `, select);
}

/**
 * A table with a head of titles; the first column names the row.
 * @param {string} label @param {readonly string[]} titles @param {readonly HTMLElement[]} rows
 */
function tableOf(label, titles, rows) {
  const head = titles.map((title) => element("th", { scope: "col" }, title));
  return element(
    "div",
    { class: "wide" },
    element(
      "table",
      { class: "summary", "aria-label": label },
      element("thead", {}, element("tr", {}, ...head)),
      element("tbody", {}, ...rows),
    ),
  );
}
