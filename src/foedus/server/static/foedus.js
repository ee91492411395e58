// What a page does beyond its links and forms: the slider of days, the colours of the map, the buttons that copy.
(() => {
  const day = (first, number) => new Date(Date.parse(first) + number * 864e5).toISOString().slice(0, 10);

  const slide = (range) => {
    const form = range.form, field = form.querySelector("input[type=date]");
    range.hidden = false;
    let waiting;
    range.addEventListener("input", () => {
      field.value = day(range.dataset.first, Number(range.value));
      range.setAttribute("aria-valuetext", field.value);
      clearTimeout(waiting);
      if (form.hasAttribute("hx-get")) waiting = setTimeout(() => htmx.trigger(form, "submit"), 15);
    });
    range.addEventListener("change", (event) => {
      event.stopPropagation(); // the form has been asked already while the slider moved
      if (!form.hasAttribute("hx-get")) form.requestSubmit();
    });
    field.addEventListener("change", () => {
      const moved = (Date.parse(field.value) - Date.parse(range.dataset.first)) / 864e5;
      if (!Number.isNaN(moved)) range.value = moved;
    });
  };

  // The part of a page that comes with a new day names the shapes that are not plain; the map stays where it is.
  const colour = () => {
    const levels = document.getElementById("levels"), world = document.querySelector(".world svg");
    if (!levels || !world) return;
    const named = new Map(levels.textContent.trim().split(/\s+/).filter(Boolean).map((pair) => pair.split(":")));
    for (const shape of world.querySelectorAll("path[data-shape]")) shape.setAttribute("class", named.get(shape.dataset.shape) || "l0");
    const form = document.getElementById("day-form");
    if (!form) return;
    form.querySelector("input[type=date]").value = levels.dataset.on;
    const range = form.querySelector(".range");
    if (document.activeElement !== range) range.value = levels.dataset.now;
  };

  const copied = (button) => {
    const here = button.dataset.copy === "sentence" ? button.closest(".said, li") : null;
    if (!here) return location.href;
    const whole = here.cloneNode(true);
    whole.querySelectorAll("details").forEach((part) => part.remove());
    const notes = [...button.closest("details").querySelectorAll("li")].map((note) => note.textContent.trim());
    const words = [whole.textContent.trim(), ...notes].map((text) => text.replace(/\s+/g, " "));
    return [...words, location.href.split("#")[0]].join("\n");
  };

  const ready = (root) => {
    for (const button of root.querySelectorAll("button.copy")) button.hidden = !navigator.clipboard;
  };

  document.addEventListener("click", async (event) => {
    const button = event.target.closest("button.copy");
    if (!button) return;
    await navigator.clipboard.writeText(copied(button));
    button.dataset.done = "✓";
    setTimeout(() => delete button.dataset.done, 1500);
  });
  document.querySelectorAll("input.range").forEach(slide);
  ready(document);
  document.body.addEventListener("htmx:afterSwap", (event) => { colour(); ready(event.target); });
})();
