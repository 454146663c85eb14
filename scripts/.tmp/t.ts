const s=performance.now()
const { renderInvoice } = await import('#pdf/render-invoice.ts'); const { invoice } = await import('./samples.ts')
const imp=performance.now(); const r0=process.memoryUsage.rss()
await renderInvoice(invoice,'en'); const c=performance.now(); 
const times=[]; for (let i=0;i<60;i++){const a=performance.now(); await renderInvoice({...invoice,number:`NW-${i}`,customer:{...invoice.customer,name:`Customer ${i}`}}, i%2?'ar':'en'); times.push(performance.now()-a)}
times.sort((a,b)=>a-b)
console.log('import',(imp-s).toFixed(0),'cold',(c-imp).toFixed(0),'warm distinct docs median',times[30].toFixed(1),'max',times[59].toFixed(1),'rss +',((process.memoryUsage.rss()-r0)/1e6).toFixed(0))
for (let i=0;i<600;i++) await renderInvoice({...invoice,number:`NW-${i}`,lines:invoice.lines.map(l=>({...l,description:`Line ${Math.random()}`}))}, i%2?'ar':'en')
console.log('rss after 660 +',((process.memoryUsage.rss()-r0)/1e6).toFixed(0))
