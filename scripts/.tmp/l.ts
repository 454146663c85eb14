import { renderInvoice } from '#pdf/render-invoice.ts'
import { invoice } from './samples.ts'
const rss=()=> (process.memoryUsage.rss()/1e6).toFixed(0); let out=rss()
for (let i=0;i<1600;i++) { await renderInvoice({...invoice,number:`NW-${i}`,lines:invoice.lines.map(l=>({...l,description:`Line ${Math.random()}`}))}, i%2?'ar':'en'); if(i%200===199) out+=' '+rss() }
console.log(out)
