// Finding, choosing and sorting in the page. Without it the report reads the same, unfiltered and in its own order.
"use strict";
document.documentElement.classList.add("js");

const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
const said = (cell) => cell.textContent.replace(/\s+/g, " ").trim();

function choiceOf(heading, rows) {
  const column = heading.cellIndex;
  const values = [...new Set(rows.map((row) => (row.cells[column] ? said(row.cells[column]) : "")))].filter(Boolean);
  if (values.length < 2 || values.length > 60) return null;
  const label = document.createElement("label");
  const select = document.createElement("select");
  for (const value of ["", ...values.sort((a, b) => a.localeCompare(b, "en", { numeric: true }))]) {
    select.add(new Option(value || "all", value));
  }
  label.append(heading.textContent + " ", select);
  return { label, select, test: (row) => said(row.cells[column]) === select.value };
}

function setUp(form) {
  const area = document.getElementById(form.dataset.filters);
  if (!area) return;
  const table = area.tagName === "TABLE";
  const items = table ? [...area.tBodies[0].rows] : [...area.querySelectorAll("[data-item]")];
  const groups = [...area.querySelectorAll("[data-group]")];
  const box = form.querySelector("input");
  const count = form.querySelector(".count");
  const texts = new Map();
  const choices = [...form.querySelectorAll("select[data-key]")].map((select) => ({
    select,
    test: (item) => item.dataset[select.dataset.key] === select.value,
  }));
  for (const heading of table ? area.querySelectorAll("th[data-choose]") : []) {
    const choice = choiceOf(heading, items);
    if (choice) {
      form.insertBefore(choice.label, count);
      choices.push(choice);
    }
  }
  const apply = () => {
    const words = fold(box.value).split(/\s+/).filter(Boolean);
    const set = choices.filter((choice) => choice.select.value);
    let shown = 0;
    for (const item of items) {
      if (!texts.has(item)) texts.set(item, fold(said(item)));
      const text = texts.get(item);
      item.hidden = !(words.every((word) => text.includes(word)) && set.every((choice) => choice.test(item)));
      if (!item.hidden) shown += 1;
    }
    for (const group of groups) {
      const left = group.querySelectorAll("[data-item]:not([hidden])").length;
      group.hidden = left === 0;
      for (const details of group.querySelectorAll("details")) {
        const inside = details.querySelector("[data-item]:not([hidden])") !== null;
        details.hidden = !inside;
        if (words.length && inside) details.open = true;
      }
    }
    count.textContent = shown.toLocaleString("en-GB") + " of " + items.length.toLocaleString("en-GB") + " " + form.dataset.noun;
  };
  box.addEventListener("input", apply);
  for (const choice of choices) choice.select.addEventListener("change", apply);
  apply();
}

function makeSortable(table) {
  const body = table.tBodies[0];
  for (const heading of table.tHead.rows[0].cells) {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...heading.childNodes);
    heading.append(button);
    button.addEventListener("click", () => {
      const down = heading.getAttribute("aria-sort") === "ascending";
      const number = heading.classList.contains("n");
      const key = (row) => {
        const cell = row.cells[heading.cellIndex];
        const text = cell.dataset.value ?? said(cell);
        return number ? parseFloat(text.replace(/[^\d.-]/g, "")) : text;
      };
      const empty = (value) => value === "" || Number.isNaN(value);
      const order = (a, b) => {
        if (empty(a) || empty(b)) return empty(a) - empty(b);
        const way = number ? a - b : a.localeCompare(b, "en", { numeric: true });
        return down ? -way : way;
      };
      const rows = [...body.rows].map((row) => [key(row), row]).sort((a, b) => order(a[0], b[0]));
      body.append(...rows.map((pair) => pair[1]));
      for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
      heading.setAttribute("aria-sort", down ? "descending" : "ascending");
    });
  }
}

document.querySelectorAll("[data-filters]").forEach(setUp);
document.querySelectorAll("table[data-sort]").forEach(makeSortable);

// A link to something inside a closed list opens the list; print shows all of it.
const reveal = () => {
  const target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const details = target && target.querySelector(":scope > details");
  if (details && !target.querySelector("article")) details.open = true;
};
addEventListener("hashchange", reveal);
reveal();
addEventListener("beforeprint", () => document.querySelectorAll("details").forEach((details) => (details.open = true)));
