"use strict";
(() => {
  const root = document.documentElement;
  root.classList.add("js");
  const tabs = [...document.querySelectorAll(".tabs a")];
  const parts = [...document.querySelectorAll(".part")];
  const marks = [...document.querySelectorAll("mark[data-items]")];
  const said = document.getElementById("said");
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const of = new Map(); // item id -> its marks in the text
  for (const mark of marks) for (const id of mark.dataset.items.split(" ")) of.set(id, [...(of.get(id) || []), mark]);
  let chosen = null;

  document.querySelector(".tabs").setAttribute("role", "tablist");
  for (const tab of tabs) {
    tab.setAttribute("role", "tab");
    tab.setAttribute("aria-controls", `part-${tab.dataset.part}`);
  }
  for (const part of parts) part.setAttribute("role", "tabpanel");

  const show = (name) => {
    for (const tab of tabs) {
      const is = tab.dataset.part === name;
      tab.setAttribute("aria-selected", String(is));
      tab.tabIndex = is ? 0 : -1;
    }
    for (const part of parts) part.hidden = part.id !== `part-${name}`;
  };

  const reveal = (element) => {
    const pane = element.closest(".pane");
    const box = element.getBoundingClientRect();
    const frame = pane.getBoundingClientRect();
    const covered = pane.id === "items" ? document.querySelector(".tabs").offsetHeight : 0;
    if (box.top >= frame.top + covered + 8 && box.bottom <= frame.bottom - 8) return;
    const top = pane.scrollTop + box.top - frame.top - covered - Math.max(24, (pane.clientHeight - covered) / 4);
    pane.scrollTo({ top, behavior: calm ? "auto" : "smooth" });
  };

  const choose = (item, place) => {
    for (const old of document.querySelectorAll(".on")) old.classList.remove("on");
    if (chosen) chosen.removeAttribute("aria-current");
    chosen = item;
    show(item.closest(".part").id.slice(5));
    item.classList.add("on");
    item.setAttribute("aria-current", "true");
    const own = of.get(item.id) || [];
    for (const mark of own) mark.classList.add("on");
    reveal(item);
    if (place || own.length) reveal(place || own[0]);
    said.textContent = item.querySelector(".go").textContent;
    history.replaceState(null, "", `#${item.id}`);
  };

  document.getElementById("items").addEventListener("click", (event) => {
    const tab = event.target.closest(".tabs a");
    const item = event.target.closest(".item");
    if (tab) {
      event.preventDefault();
      show(tab.dataset.part);
      history.replaceState(null, "", tab.hash);
    } else if (item && !String(getSelection())) {
      event.preventDefault();
      choose(item);
    }
  });

  document.getElementById("text").addEventListener("click", (event) => {
    const mark = event.target.closest("mark[data-items]");
    if (!mark || String(getSelection())) return;
    // The innermost item first; clicking again goes outwards, item by item.
    const ids = mark.dataset.items.split(" ");
    const next = chosen ? (ids.indexOf(chosen.id) + 1) % ids.length : 0;
    choose(document.getElementById(ids[next]), mark);
  });

  const step = (by) => {
    const open = parts.find((part) => !part.hidden);
    const items = [...open.querySelectorAll(".item")];
    if (!items.length) return;
    const at = items.indexOf(chosen);
    const item = items[at < 0 ? (by > 0 ? 0 : items.length - 1) : Math.min(items.length - 1, Math.max(0, at + by))];
    choose(item);
    const link = item.querySelector("a.go");
    if (link) link.focus({ preventScroll: true });
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const tab = event.target.closest && event.target.closest(".tabs a");
    if (event.key === "j") step(1);
    else if (event.key === "k") step(-1);
    else if (tab && (event.key === "ArrowRight" || event.key === "ArrowLeft")) {
      const next = tabs[(tabs.indexOf(tab) + (event.key === "ArrowRight" ? 1 : tabs.length - 1)) % tabs.length];
      show(next.dataset.part);
      next.focus();
    } else if (event.key === "Enter" && chosen && !tab && (of.get(chosen.id) || []).length) {
      event.preventDefault();
      const item = event.target.closest && event.target.closest(".item");
      if (item && item !== chosen) return choose(item);
      const mark = of.get(chosen.id)[0];
      if (document.activeElement === mark) {
        const link = chosen.querySelector("a.go");
        reveal(chosen);
        if (link) link.focus({ preventScroll: true });
      } else {
        mark.tabIndex = -1;
        reveal(mark);
        mark.focus({ preventScroll: true });
      }
      return;
    } else return;
    event.preventDefault();
  });

  const asked = document.getElementById(location.hash.slice(1));
  show(asked && asked.classList.contains("part") ? asked.id.slice(5) : "tasks");
  if (asked && asked.classList.contains("item")) choose(asked);
})();
