import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler'
import { fontFolders } from '#pdf/fonts.ts'
import { invoiceSheet } from '#pdf/invoice-sheet.ts'
import { invoice } from './samples.ts'
const [age, mode] = [Number(process.argv[2]), process.argv[3]]
const mk=()=>NodeCompiler.create({ workspace: '/work/main/src/pdf', fontArgs: [{ fontPaths: [...fontFolders] }] })
let c=mk()
const rss=()=> (process.memoryUsage.rss()/1e6).toFixed(0)
let out=rss()
const s=performance.now()
for (let i=0;i<1200;i++){ 
  if (mode==='recreate'&&i%100===0) c=mk()
  const sheet=JSON.stringify(invoiceSheet({...invoice,number:`NW-${i}`,lines:invoice.lines.map(l=>({...l,description:`Line ${Math.random()}`}))}, i%2?'ar':'en'))
  const opts={ mainFilePath:'/work/main/src/pdf/invoice.typ', inputs:{sheet}, ...(mode==='reset'?{resetRead:true}:{}) }
  const d=c.compile(opts); if(mode!=='nopdf') c.pdf(d.result!,{pdfStandard:'a-3a'}); c.evictCache(age)
  if (mode==='gc'&&i%20===19) { (globalThis as any).gc(); await new Promise(r=>setImmediate(r)) } else if (mode!=='gc') await new Promise(r=>setImmediate(r)); if(i%200===199) { out+=' '+rss() }
}
console.log(age,mode,out,((performance.now()-s)/1200).toFixed(1)+'ms')
