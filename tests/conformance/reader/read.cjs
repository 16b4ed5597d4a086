// read.cjs HOME FOLDER FILE.epub… : each book in a real reading system (epub.js in headless Chromium), at the
// size of a phone and of a tablet: every page is turned, every entry of the contents followed. Then each document
// alone in a window of 320 px: as it is, with the text spacing of WCAG 1.4.12, and without its style sheet:
// nothing may scroll sideways, and all text must be there. "PASS FILE" or "FAIL FILE" a line, what was found
// before it; pictures of some pages in FOLDER.
'use strict'
const fs = require('fs'), http = require('http'), path = require('path')
const [home, folder, ...books] = process.argv.slice(2)
const modules = path.join(home, 'node_modules')
const { chromium } = require(path.join(modules, 'playwright-core'))
const JSZip = require(path.join(modules, 'jszip'))

const SIZES = { phone: { width: 390, height: 844 }, tablet: { width: 820, height: 1180 } }
const MOST_PICTURES = 12
const SPACING = `* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }
  p { margin-bottom: 2em !important }`
const TYPES = { '.js': 'text/javascript', '.html': 'text/html; charset=utf-8', '.xhtml': 'application/xhtml+xml', '.css': 'text/css',
  '.png': 'image/png', '.jpeg': 'image/jpeg', '.otf': 'font/otf', '.ttf': 'font/ttf', '.epub': 'application/epub+zip' }

// What is served: the reader's page, its modules, and the book, whole and as files.
const served = { book: null, zip: null }
async function bytesOf (address) {
  if (address === '/') return fs.readFileSync(path.join(__dirname, 'reader.html'))
  if (address === '/book.epub') return served.book
  if (address.startsWith('/modules/')) return fs.readFileSync(path.join(modules, path.normalize(address.slice(9))))
  const entry = address.startsWith('/files/') && served.zip.file(address.slice(7))
  return entry ? entry.async('nodebuffer') : null
}
function serve () {
  const server = http.createServer(async (request, response) => {
    const address = new URL(request.url, 'http://localhost').pathname
    let bytes = null
    try { bytes = await bytesOf(address) } catch (error) { bytes = null }
    response.writeHead(bytes ? 200 : 404, { 'content-type': TYPES[path.extname(address) || '.html'] || 'application/octet-stream' })
    response.end(bytes)
  })
  return new Promise(done => server.listen(0, '127.0.0.1', () => done(server)))
}

// Errors of the page, and whatever it asks of the network, end in `found`.
async function openPage (browser, base, size, found) {
  const context = await browser.newContext({ viewport: size, locale: 'en-GB' })
  const page = await context.newPage()
  page.setDefaultTimeout(60000)
  page.on('console', message => { if (message.type() === 'error') found.push(`console: ${message.text().slice(0, 160)}`) })
  page.on('pageerror', error => found.push(`error: ${String(error.message).slice(0, 160)}`))
  page.on('response', response => { if (response.status() >= 400) found.push(`not served: ${response.url()}`) })
  await context.route('**', route => {
    const address = route.request().url()
    if (/^(blob|data|about):/.test(address) || address.startsWith(base)) return route.continue()
    found.push(`asked of the network: ${address.slice(0, 100)}`)
    return route.abort()
  })
  return { context, page }
}

async function turnPages (page, spine, name, found) {
  let pictures = 0
  for (let section = 0; section < spine.length; section++) {
    await page.evaluate(address => reader.show(address), spine[section])
    if (await page.evaluate(() => reader.section()) !== section) found.push(`${spine[section]} cannot be opened`)
    for (let screen = 0; screen < 200; screen++) {
      if (await page.evaluate(() => reader.isBlank())) found.push(`${spine[section]}: screen ${screen + 1} is empty`)
      if (pictures++ < MOST_PICTURES) await page.screenshot({ path: path.join(folder, `${name}-${section}-${screen + 1}.png`) })
      if (!await page.evaluate(() => reader.turn())) break
      if (await page.evaluate(() => reader.section()) !== section) break
    }
  }
}

async function followContents (page, entries, found) {
  if (!entries.length) found.push('no contents')
  for (const { label, address } of entries) {
    await page.evaluate(to => reader.show(to), address)
    const heading = await page.evaluate(to => reader.heading(to), address)
    if (heading.missing) found.push(`contents: "${label}" leads nowhere`)
    else if (heading.text !== label.replace(/\s+/g, ' ')) found.push(`contents: "${label}" leads to "${heading.text.slice(0, 40)}"`)
    else if (!heading.visible) found.push(`contents: the heading of "${label}" is not on the screen`)
  }
}

async function readIn (browser, base, size, name, found) {
  const { context, page } = await openPage(browser, base, SIZES[size], found)
  await page.goto(base)
  const book = await page.evaluate(() => reader.open())
  if (!book.title) found.push('no title')
  if (!book.cover) found.push('no cover')
  await turnPages(page, book.spine, `${name}-${size}`, found)
  await followContents(page, book.entries, found)
  await context.close()
}

// In the page: what is wider than the window, and text that is not drawn.
function faultsOfDocument () {
  const found = [], width = document.documentElement.clientWidth, range = document.createRange()
  const shown = text => text.replace(/\s+/g, ' ').trim().slice(0, 40)
  if (document.scrollingElement.scrollWidth > width + 1) found.push(`is ${document.scrollingElement.scrollWidth} px wide in ${width} px`)
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  while (texts.nextNode()) {
    const node = texts.currentNode, parent = node.parentElement
    if (!node.data.trim() || parent.closest('[hidden], svg, .wide thead')) continue
    if (/[“”‘’—…]/.test(node.data) && !parent.closest('code')) {
      const chinese = /^zh/.test(parent.closest('[lang]').lang)
      const family = getComputedStyle(parent).fontFamily.split(',')[0]
      if (/Noto/.test(family) && /CJK/.test(family) !== chinese) found.push(`marks take the other face: ${shown(node.data)}`)
    }
    range.selectNodeContents(node)
    const boxes = [...range.getClientRects()].filter(box => box.width > 0 && box.height > 0)
    if (!boxes.length) found.push(`text is not drawn: ${shown(node.data)}`)
    else if (boxes.some(box => box.left < -1 || box.right > width + 1)) found.push(`text is cut at the side: ${shown(node.data)}`)
    for (let element = parent; element && element !== document.body; element = element.parentElement) {
      const style = getComputedStyle(element)
      const clips = /hidden|clip/.test(style.overflowX + style.overflowY)
      if (clips && (element.scrollHeight > element.clientHeight + 1 || element.scrollWidth > element.clientWidth + 1)) { found.push(`text is clipped: ${shown(node.data)}`); break }
    }
  }
  return found
}

async function readAlone (browser, base, found) {
  const { context, page } = await openPage(browser, base, { width: 320, height: 568 }, found)
  const documents = Object.keys(served.zip.files).filter(name => name.endsWith('.xhtml'))
  for (const name of documents) {
    for (const manner of ['as it is', 'with more spacing', 'without style']) {
      await page.goto(`${base}/files/${name}`)
      if (manner === 'with more spacing') await page.addStyleTag({ content: SPACING })
      if (manner === 'without style') await page.evaluate(() => document.querySelectorAll('link[rel=stylesheet]').forEach(link => link.remove()))
      const faults = await page.evaluate(faultsOfDocument)
      // Without a style sheet a table, a picture and a line of code are as wide as they are.
      const plain = manner === 'without style' ? faults.filter(fault => /not drawn/.test(fault)) : faults
      plain.slice(0, 3).forEach(fault => found.push(`${name} ${manner}: ${fault}`))
    }
  }
  await context.close()
}

async function main () {
  fs.mkdirSync(folder, { recursive: true })
  const server = await serve(), base = `http://127.0.0.1:${server.address().port}`
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM || '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] })
  let failed = 0
  for (const book of books) {
    const found = [], name = path.basename(book, '.epub')
    served.book = fs.readFileSync(book)
    try {
      served.zip = await JSZip.loadAsync(served.book)
      for (const size of Object.keys(SIZES)) await readIn(browser, base, size, name, found)
      await readAlone(browser, base, found)
    } catch (error) {
      found.push(String(error.message).split('\n')[0])
    }
    failed += found.length > 0
    found.slice(0, 8).forEach(line => console.log(`${name}: ${line}`))
    console.log(`${found.length ? 'FAIL' : 'PASS'} ${book}`)
  }
  await browser.close()
  server.close()
  process.exit(failed ? 1 : 0)
}
main()
