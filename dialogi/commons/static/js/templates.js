// Puts a ready text into the answer's fields. Without this script the texts are read and copied by hand.
for (const button of document.querySelectorAll("[data-template]")) {
  button.hidden = false;
  button.addEventListener("click", () => {
    const source = document.querySelector(`[data-template-text="${button.dataset.template}"]`);
    for (const part of source.querySelectorAll("[data-language]")) {
      const field = document.querySelector(`[name="text_${part.dataset.language}"]`);
      if (field && !field.value.trim()) {
        field.value = part.textContent;
        field.closest("details")?.setAttribute("open", "");
      }
    }
    const state = source.dataset.state && document.querySelector(`[name="state"][value="${source.dataset.state}"]`);
    if (state) state.checked = true;
    document.querySelector("#answer textarea")?.focus();
  });
}
