// Light or dark as the reader chose, from before the first paint on; without a choice, as the device has it.
(() => {
  const root = document.documentElement;
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const kept = () => { try { return localStorage.getItem("theme"); } catch { return null; } };
  const keep = (theme) => { try { localStorage.setItem("theme", theme); } catch { /* it holds for this page */ } };
  const now = () => root.dataset.theme || (dark.matches ? "dark" : "light");

  if (["light", "dark"].includes(kept())) root.dataset.theme = kept();

  const start = () => {
    const button = document.querySelector(".theme");
    if (!button) return;
    const label = () => button.setAttribute("aria-label", button.dataset[now() === "dark" ? "light" : "dark"]);
    button.addEventListener("click", () => {
      root.dataset.theme = now() === "dark" ? "light" : "dark";
      keep(root.dataset.theme);
      label();
    });
    dark.addEventListener("change", label);
    label();
    button.hidden = false;
  };
  if (document.readyState === "loading") addEventListener("DOMContentLoaded", start);
  else start();
})();
