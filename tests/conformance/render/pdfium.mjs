// pdfium.mjs FILE.pdf SCALE PREFIX : each page as PREFIX-N.pgm, grey, drawn by pdfium.
import { readFile, writeFile } from 'node:fs/promises'
import { PDFiumLibrary } from '@hyzyla/pdfium'

const [file, scale, prefix] = process.argv.slice(2)

// White paper under what is drawn; then the luma of Rec. 601, as poppler and mupdf have it.
function grey ({ data, width, height }) {
  const header = Buffer.from(`P5\n${width} ${height}\n255\n`)
  const pixels = Buffer.alloc(width * height)
  for (let i = 0; i < pixels.length; i++) {
    const [r, g, b, a] = data.subarray(4 * i, 4 * i + 4)
    pixels[i] = Math.round(255 - a + (0.299 * r + 0.587 * g + 0.114 * b) * a / 255)
  }
  return Buffer.concat([header, pixels])
}

const library = await PDFiumLibrary.init()
const document = await library.loadDocument(await readFile(file))
for (const page of document.pages()) {
  const { data } = await page.render({ scale: Number(scale), render: async options => grey(options) })
  await writeFile(`${prefix}-${page.number + 1}.pgm`, data)
}
document.destroy()
library.destroy()
