// Any picture of the library as lead: the one that is chosen in the dialog joins those to choose from.
import { ask_picture } from "./pictures.js";

export function choose_lead(button) {
  const { form } = button;
  const reel = form.querySelector("[data-lead-reel]");
  const number = form.elements.lead_number;
  const radio_of = (value) => [...reel.querySelectorAll("[data-lead]")].find((radio) => radio.value === value);
  button.hidden = false;
  button.addEventListener("click", () => ask_picture("Choose the lead picture", (picture) => {
    const radio = radio_of(picture.number) ?? add(reel, picture);
    number.value = "";
    radio.checked = true;
    radio.dispatchEvent(new Event("input", { bubbles: true }));
    radio.focus();
  }));
  // A text that is brought back may have a lead that is not among the newest pictures: its number is kept.
  form.addEventListener("words-put", ({ detail }) => {
    const lead = detail.find(([name]) => name === "lead")?.[1] ?? "";
    if (lead && number.value === "" && !radio_of(lead)) number.value = lead;
  });
}

function add(reel, { number, thumb, words }) {
  const frame = document.createElement("label");
  const radio = document.createElement("input");
  const image = document.createElement("img");
  const shown = document.createElement("span");
  frame.className = "frame";
  Object.assign(radio, { type: "radio", name: "lead", value: number });
  radio.dataset.lead = "";
  Object.assign(image, { src: thumb, alt: words, title: words });
  shown.className = "number";
  shown.textContent = number;
  frame.append(radio, image, shown);
  reel.firstElementChild.after(frame);
  return radio;
}
