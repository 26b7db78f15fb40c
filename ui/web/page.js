// Keys go to the till as soon as the page is there, without a click.
window.addEventListener("load", () => {
  const field = document.querySelector(".xterm-helper-textarea");
  if (field) field.focus();
});
