// Keys, a warning before typed words are lost, and words for what htmx could not do. Every page works without it.
"use strict";

const TYPING = "input, textarea, select, [contenteditable]";

function announce(text) {
  const place = document.getElementById("notices");
  if (!place) return;
  const notice = document.createElement("p");
  notice.className = "notice error";
  notice.textContent = text;
  place.replaceChildren(notice);
  notice.scrollIntoView({ block: "nearest" });
}

// ── keys ──
function rows() {
  return [...document.querySelectorAll("[data-list] > *")].filter((row) => row.querySelector("a[href]"));
}

function step(by) {
  const all = rows();
  if (!all.length) return;
  const now = all.findIndex((row) => row.classList.contains("at"));
  const next = now < 0 ? (by > 0 ? 0 : all.length - 1) : Math.min(Math.max(now + by, 0), all.length - 1);
  all.forEach((row) => row.classList.remove("at"));
  all[next].classList.add("at");
  all[next].querySelector("a[href]").focus({ preventScroll: true }); // Enter then opens it by itself
  all[next].scrollIntoView({ block: "nearest" });
}

const KEYS = {
  "/": () => document.querySelector("input[type=search], [role=search] input:not([type=hidden])")?.focus(),
  j: () => step(1),
  k: () => step(-1),
  "?": () => document.getElementById("shortcuts")?.showModal(),
};

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") {
    closeMenus();
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.target.closest?.(TYPING)) return;
  if (document.querySelector("dialog[open]") || !Object.hasOwn(KEYS, event.key)) return;
  event.preventDefault();
  KEYS[event.key]();
});

// ── menus ──
function closeMenus(except) {
  document.querySelectorAll("details[data-menu][open]").forEach((menu) => {
    if (menu === except) return;
    if (menu.contains(document.activeElement)) menu.querySelector("summary").focus();
    menu.open = false;
  });
}

document.addEventListener("click", (event) => closeMenus(event.target.closest?.("details[data-menu]")));

// ── typed words ──
const unsaved = new Set();

document.addEventListener("input", (event) => {
  const form = event.target.closest("form[data-warn-unsaved]");
  if (form) unsaved.add(form);
});
document.addEventListener("submit", (event) => {
  unsaved.delete(event.target);
});
window.addEventListener("beforeunload", (event) => {
  if ([...unsaved].some((form) => form.isConnected)) event.preventDefault();
});

// ── htmx ──
document.addEventListener("htmx:responseError", (event) => {
  const page = new DOMParser().parseFromString(event.detail.xhr.responseText, "text/html");
  const said = [...page.querySelectorAll("[data-explanation] h1, [data-explanation] p")].map((part) => part.textContent.trim());
  announce(said.join(" ") || document.body.dataset.lost);
});
document.addEventListener("htmx:sendError", () => announce(document.body.dataset.lost));
document.addEventListener("htmx:timeout", () => announce(document.body.dataset.lost));

// ── an error summary takes the focus, so that it is read first ──
document.querySelector(".error-summary")?.focus();
