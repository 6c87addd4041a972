// Finds while you type. Without this the form works as forms do.
"use strict";

const form = document.querySelector("form.search[data-failed]");
const hits = document.getElementById("hits");
const status = document.querySelector("[role=status]");
let waiting;
let running;

async function search() {
  clearTimeout(waiting);
  running?.abort();
  const mine = running = new AbortController();
  const fields = [...new FormData(form)].filter(([, value]) => value !== "");
  const address = new URL(form.action);
  address.search = new URLSearchParams(fields);
  history.replaceState(null, "", address);
  try {
    const part = new URL(address);
    part.searchParams.set("part", "1");
    const answer = await fetch(part, { signal: mine.signal });
    hits.innerHTML = await answer.text();
    status.textContent = hits.querySelector(".found")?.textContent ?? "";
  } catch (error) {
    if (error.name !== "AbortError") status.textContent = form.dataset.failed;
  }
}

function soon(event) {
  if (event.isComposing) return; // an input method is still choosing characters
  clearTimeout(waiting);
  waiting = setTimeout(search, 200);
}

form.addEventListener("input", soon);
form.addEventListener("compositionend", soon);
form.addEventListener("submit", (event) => {
  event.preventDefault();
  search();
});
