// The review: text and items point at each other, keys walk through the items. Without it every form still works.
"use strict";
(() => {
  const root = document.querySelector("[data-review]");
  if (!root) return;
  const words = document.getElementById("van-ban");
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const pane = () => document.getElementById("muc");
  const items = () => [...pane().querySelectorAll(".review-item")];
  const TYPING = "input, textarea, select, [contenteditable]";

  const marksOf = (key) => [...words.querySelectorAll("[data-keys]")].filter((mark) => mark.dataset.keys.split(" ").includes(key));

  const reveal = (element, within) => {
    if (getComputedStyle(within).overflowY === "visible") {
      element.scrollIntoView({ block: "nearest" });
      return;
    }
    const box = element.getBoundingClientRect();
    const frame = within.getBoundingClientRect();
    const head = within.querySelector(".pane-head")?.offsetHeight ?? 0;
    if (box.top >= frame.top + head && box.bottom <= frame.bottom) return;
    within.scrollTo({ top: within.scrollTop + box.top - frame.top - head - 48, behavior: calm ? "auto" : "smooth" });
  };

  const light = (key) => {
    words.querySelectorAll(".m.on").forEach((mark) => mark.classList.remove("on"));
    const own = marksOf(key);
    own.forEach((mark) => mark.classList.add("on"));
    if (own.length) reveal(own[0], words);
  };

  const at = (item) => {
    items().forEach((one) => one.classList.toggle("at", one === item));
    if (!item) return;
    reveal(item, pane());
    light(item.dataset.key);
    item.querySelector(".go")?.focus({ preventScroll: true });
  };

  const current = () => items().find((item) => item.classList.contains("at")) ?? items().find((item) => item.classList.contains("on"));

  const step = (by, only) => {
    const all = items();
    const from = all.indexOf(current());
    for (let next = from + by; next >= 0 && next < all.length; next += by) {
      if (!only || all[next].classList.contains(only)) return at(all[next]);
    }
  };

  // from the text to the item: the innermost first; clicking again goes outwards
  let last = null;
  words.addEventListener("click", (event) => {
    const mark = event.target.closest("[data-keys]");
    if (!mark || String(getSelection())) return;
    const keys = mark.dataset.keys.split(" ");
    const key = keys[last && keys.includes(last) ? (keys.indexOf(last) + 1) % keys.length : 0];
    last = key;
    const item = items().find((one) => one.dataset.key === key);
    if (item) return at(item);
    const sort = key.includes("@") ? "findings" : key.startsWith("e") ? "" : key.split(":")[0];
    if (sort && sort !== pane().dataset.part) location.search = `?phan=${sort}&muc=${encodeURIComponent(key)}`;
  });

  pane().ownerDocument.addEventListener("click", (event) => {
    const go = event.target.closest("#muc [data-go]");
    if (!go) return;
    event.preventDefault();
    light(go.dataset.go);
  });
  document.addEventListener("focusin", (event) => {
    const item = event.target.closest?.("#muc .review-item");
    if (item) {
      items().forEach((one) => one.classList.toggle("at", one === item));
      light(item.dataset.key);
    }
  });

  // ── words selected in the text can become an item ──
  const adder = root.querySelector("[data-selection]");
  const placeOf = (node, offset) => {
    const mark = node.parentElement?.closest("[data-from]") ?? null;
    if (!mark) return null;
    const range = document.createRange();
    range.selectNodeContents(mark);
    range.setEnd(node, offset);
    return Number(mark.dataset.from) + [...range.toString()].length;
  };
  document.addEventListener("selectionchange", () => {
    const chosen = getSelection();
    const inside = chosen.rangeCount && !chosen.isCollapsed && words.querySelector(".paper-text").contains(chosen.anchorNode);
    const range = inside ? chosen.getRangeAt(0) : null;
    const from = range && placeOf(range.startContainer, range.startOffset);
    const to = range && placeOf(range.endContainer, range.endOffset);
    const fits = from !== null && to !== null && to > from;
    if (fits) {
      adder.elements.tu.value = from;
      adder.elements.den.value = to;
    }
    if (fits || !adder.contains(document.activeElement)) adder.hidden = !fits;
  });

  // ── pictures of pages ──
  const picture = root.querySelector("[data-picture-shown]");
  root.addEventListener("click", (event) => {
    const link = event.target.closest("[data-picture]");
    if (link) {
      event.preventDefault();
      picture.querySelector("img").src = link.href;
      picture.querySelector("img").alt = link.textContent;
      picture.hidden = false;
      link.closest("details").open = false;
      words.scrollTo({ top: 0 });
    } else if (event.target.closest("[data-picture-shut]")) picture.hidden = true;
  });

  // ── keys: j k walk, Enter opens, a accepts and goes on, x leaves out, u takes back ──
  const press = (selector) => current()?.querySelector(selector)?.requestSubmit();
  const KEYS = {
    j: () => step(1),
    k: () => step(-1),
    a: () => press(".accept, [data-correct]"),
    x: () => [...(current()?.querySelectorAll("form") ?? [])].find((form) => form.elements.viec?.value === "remove")?.requestSubmit(),
    u: () => document.querySelector("[data-undo]")?.form.requestSubmit(),
  };
  document.addEventListener(
    "keydown",
    (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.target.closest?.(TYPING)) return;
      if (document.querySelector("dialog[open]") || !Object.hasOwn(KEYS, event.key)) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      KEYS[event.key]();
    },
    true,
  );

  // after an item was settled the next open one is at hand
  document.body.addEventListener("htmx:afterSwap", (event) => {
    const key = event.detail.requestConfig?.parameters?.muc ?? event.detail.requestConfig?.parameters?.get?.("muc");
    const item = items().find((one) => one.dataset.key === key);
    if (!item) return;
    if (event.detail.requestConfig.verb === "post" && !item.classList.contains("open") && !item.querySelector(".item-open")) {
      at(item);
      step(1, "open");
    } else at(item);
  });
  const start = items().find((item) => item.classList.contains("on")) ?? items().find((item) => item.classList.contains("open"));
  if (start) {
    start.classList.add("at");
    light(start.dataset.key);
    if (start.classList.contains("on")) reveal(start, pane());
  }
})();
