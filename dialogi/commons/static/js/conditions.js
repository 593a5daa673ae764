// Questions that hang on a choice are shown when it is chosen. Without this script all are shown, each with its condition in words.
for (const form of document.querySelectorAll("form[data-conditions]")) {
  const hanging = [...form.querySelectorAll("[data-only-if]")];
  const settle = () => {
    for (const question of hanging) {
      const { onlyIf, onlyValue } = question.dataset;
      const parent = form.querySelector(`[name="${onlyIf}"]`)?.closest(".question");
      const chosen = [...form.querySelectorAll(`[name="${onlyIf}"]:checked`)].some((input) => input.value === onlyValue);
      question.hidden = !chosen || Boolean(parent?.hidden);
    }
  };
  for (const words of form.querySelectorAll("[data-condition]")) words.hidden = true;
  form.addEventListener("change", settle);
  settle();
}
