// A question that counts only after certain answers stays hidden until those are given. Without this script it stays on the page and
// says in its hint when it counts.
(() => {
  for (const form of document.forms) {
    const asked = [...form.querySelectorAll("[data-counts-when]")].map((place) => [place, JSON.parse(place.dataset.countsWhen)]);
    if (!asked.length) continue;
    const answer = (name) => {
      const there = [...form.elements].filter((one) => one.name === name && !one.closest("[hidden]"));
      return there.find((one) => !["radio", "checkbox"].includes(one.type) || one.checked)?.value ?? "";
    };
    const show = () => {
      for (const [place, sets] of asked) {
        const counts = sets.some((answers) => Object.entries(answers).every(([name, value]) => answer(name) === value));
        place.hidden = !counts && !place.querySelector('[aria-invalid="true"]');
      }
    };
    form.addEventListener("change", show);
    show();
  }
})();
