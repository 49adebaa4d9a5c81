// What html-validate knows, but for what is otherwise here, and why.
module.exports = {
  root: true,
  extends: ["html-validate:recommended", "html-validate:document", "html-validate:a11y"],
  rules: {
    // All boxes of a question have its name.
    "form-dup-name": ["error", {shared: ["radio", "checkbox", "button", "reset", "submit"]}],
    // What is wrong with a page, a heading of its own, is said before the heading of the page.
    "heading-level": ["error", {minInitialRank: "h2"}],
    // Titles say the page, the step, the error and the site, and sites have long names.
    "long-title": "off",
    // Pages that wait for something load themselves again without JavaScript, and say so.
    "meta-refresh": "off",
    // A button submits its form unless it says otherwise, and that is what ours are for.
    "no-implicit-button-type": "off",
    // A label that holds its control names it also for programs that go by "for" alone.
    "no-redundant-for": "off",
    // The line "-- " before a signature is part of a plain letter.
    "no-trailing-whitespace": "off",
    // Every file comes from the host of the page.
    "require-sri": ["error", {target: "crossorigin"}],
  },
};
