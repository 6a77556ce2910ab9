// Ties buttons marked data-passkey to the browser's passkeys, by allauth's own script, and says so when it fails.
"use strict";

const FORMS = {
  login: { start: "loginForm", button: "login" },
  add: { start: "addForm", button: "add" },
  confirm: { start: "authenticateForm", button: "authenticate" },
};

for (const button of document.querySelectorAll("[data-passkey]")) {
  const { start, button: name } = FORMS[button.dataset.passkey];
  const { credential, request, passwordless } = button.dataset;
  if (!window.PublicKeyCredential) continue;
  button.hidden = false;
  window.allauth.webauthn.forms[start]({ ids: { [name]: button.id, credential, data: request, passwordless } });
  document.addEventListener("allauth.error", (event) => {
    event.preventDefault();
    const place = document.getElementById("passkey-said");
    place.textContent = button.dataset.failed;
  });
}
