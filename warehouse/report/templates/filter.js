// Filters the rows or items of a list by the words typed. Without it the report reads the same, unfiltered.
document.documentElement.classList.add("js");
for (const box of document.querySelectorAll("[data-filter]")) {
  const target = box.dataset.filter;
  const items = [...document.querySelectorAll("[data-in='" + target + "']")].map((el) => [el, el.textContent.toLowerCase()]);
  const count = document.querySelector("[data-count='" + target + "']");
  const apply = () => {
    const words = box.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const [el, text] of items) {
      el.hidden = !words.every((word) => text.includes(word));
      if (!el.hidden) shown += 1;
    }
    count.textContent = shown + " of " + items.length + " " + count.dataset.noun;
  };
  box.addEventListener("input", apply);
  apply();
}
