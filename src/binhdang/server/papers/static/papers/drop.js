// Files dropped on the box are chosen as if by the button. Without it the button alone takes them.
"use strict";
(() => {
  const box = document.querySelector("[data-drop]");
  if (!box) return;
  const input = box.querySelector("input[type=file]");
  for (const name of ["dragenter", "dragover"]) {
    box.addEventListener(name, (event) => {
      event.preventDefault();
      box.classList.add("over");
    });
  }
  for (const name of ["dragleave", "drop"]) box.addEventListener(name, () => box.classList.remove("over"));
  box.addEventListener("drop", (event) => {
    event.preventDefault();
    input.files = event.dataTransfer.files;
    if (input.files.length) box.requestSubmit();
  });
  box.addEventListener("submit", () => {
    const busy = box.querySelector("[data-busy]");
    busy.textContent = busy.dataset.busy;
  });
})();
