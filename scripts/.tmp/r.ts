import { writeFileSync } from 'node:fs'
import { renderInvoice, closePdf } from '#pdf/render-invoice.ts'
import { invoice } from './samples.ts'
const save = async (name: string, doc: typeof invoice, l: any) => { const s=performance.now(); try { const p = await renderInvoice(doc,l); console.log(name,p.length,(performance.now()-s).toFixed(1)+'ms', Buffer.from(p).includes('pdfaid')); writeFileSync(`/tmp/pdf/${name}.pdf`,p)} catch(e) {console.log(name,String(e))} }
await save('en',invoice,'en'); await save('en2',invoice,'en'); 
const ar={...invoice,business:{...invoice.business,name:'استوديو الرياح',legal_name:'شركة استوديو الرياح المحدودة',address:['شارع العليا 120','الرياض 12211'],country:'SA'},customer:{...invoice.customer,name:'ليلى حداد',address:['12 شارع النيل','الزمالك، القاهرة'],country:'EG',email:'layla@example.com'},lines:invoice.lines.map((l,i)=>i==0?{...l,description:'خطة الفريق'}:l),time_zone:'Asia/Riyadh'}
await save('ar',ar,'ar')
await save('long',{...invoice,lines:Array.from({length:60},(_,i)=>({...invoice.lines[i%3]!,description:`${invoice.lines[i%3]!.description} ${i+1}`}))},'en')
await save('longar',{...ar,lines:Array.from({length:60},(_,i)=>({...ar.lines[i%3]!,description:`${ar.lines[i%3]!.description} ${i+1}`}))},'ar')
await save('zero',{...invoice,lines:[{...invoice.lines[0]!,unit_price:0,amount:0,tax:0,tax_rate:null}],subtotal:0,tax:0,total:0,payment:{...invoice.payment,method:null}},'en')
await save('incl',{...invoice,currency:'HUF',tax_inclusive:true,total:134200},'en')
await save('jp',{...invoice,currency:'JPY',customer:{...invoice.customer,name:'佐藤 花子',address:['東京都渋谷区神南1-2-3'],country:'JP'}},'en')
await save('hostile',{...invoice,business:{...invoice.business,name:'#panic() "\\" $x$ *b* \u0000\u202e@ref 😀 '+'W'.repeat(10000)},customer:{...invoice.customer,name:'\u202eevil\u2066 شركة (123) ',email:'averyveryveryverylongname.with.dots@subdomain.of.example.com'}},'en')
const s=performance.now(); for(let i=0;i<50;i++) await renderInvoice(invoice, i%2?'en':'en'); console.log('warm avg',((performance.now()-s)/50).toFixed(1))
const a=await renderInvoice(ar,'ar'); await closePdf(); const b=await renderInvoice(ar,'ar'); console.log('same',Buffer.compare(a,b)===0, process.memoryUsage.rss()/1e6)
const big=1_000_000_000_000
await save('huge',{...invoice,currency:'KWD',lines:[{...invoice.lines[0]!,quantity:999999,unit_price:big,amount:big,description:'A product with a long name that goes on for quite some time, with details about what it holds and for whom it is meant'}],subtotal:big,total:big,tax:big},'en')
await save('hugear',{...ar,currency:'KWD',lines:[{...invoice.lines[0]!,quantity:999999,unit_price:-big,amount:-big}],subtotal:-big,total:-big,tax:big},'ar')
