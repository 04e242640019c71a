// Shows the chosen picture before it is sent, as large as it will stand.
export function show_file(place) {
  const input = place.closest("form").querySelector("input[type=file]");
  const canvas = place.querySelector("canvas");
  input.addEventListener("change", async () => {
    place.hidden = true;
    const [file] = input.files;
    if (!file) return;
    try {
      draw(await createImageBitmap(file), canvas, place.dataset);
      place.hidden = false;
    } catch {
      // What is wrong with it, the server says.
    }
  });
}

function draw(picture, canvas, { widest, highest }) {
  const scale = Math.min(1, widest / picture.width, highest / picture.height);
  const [width, height] = [picture.width * scale, picture.height * scale];
  const dots = window.devicePixelRatio;
  [canvas.width, canvas.height] = [width * dots, height * dots];
  [canvas.style.inlineSize, canvas.style.blockSize] = [`${width}px`, `${height}px`];
  canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
}
