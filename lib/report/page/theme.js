/** Light and dark, and the colours that a canvas draws with. */

/**
 * Colours of the page's style by name, as they come out in the theme that is shown: a canvas takes no `light-dark()`, so
 * an element is asked.
 * @template {string} Name
 * @param {readonly Name[]} names
 * @returns {Record<Name, string>}
 */
function coloursOf(names) {
  const probe = element("span", { hidden: true });
  document.body.append(probe);
  const found = names.map((name) => {
    probe.style.color = `var(--${name})`;
    return [name, getComputedStyle(probe).color];
  });
  probe.remove();
  return /** @type {Record<Name, string>} */ (Object.fromEntries(found));
}

/**
 * A drop-down for the theme; `redraw` is also called when the system's theme changes.
 * @param {() => void} redraw
 */
function themeChooser(redraw) {
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redraw);
  const themes = ["auto", "light", "dark"].map((theme) => ({ value: theme, text: theme }));
  return chooser("Theme", themes, "auto", (theme) => {
    if (theme === "auto") document.documentElement.removeAttribute("data-theme");
    else document.documentElement.setAttribute("data-theme", theme);
    redraw();
  });
}
