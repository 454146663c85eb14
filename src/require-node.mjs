// Loaded before anything else: with an older Node the first import would fail with words that help nobody.
const major = Number(process.versions.node.split('.')[0])
if (major < 26) {
  console.error(`Portico needs Node 26 and this is ${process.version}; run it by "npm start", which brings its own.`)
  process.exit(1)
}
