import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler'
import { readFileSync } from 'node:fs'
const base='/work/main/node_modules/@expo-google-fonts/'
const jp='/tmp/npmjp/package/'
for (const [n,args] of Object.entries({blobs:[{fontBlobs:[readFileSync(base+'noto-sans/400Regular/NotoSans_400Regular.ttf')]}],paths:[{fontPaths:[base+'noto-sans/400Regular']}],none:[], jp:[{fontPaths:[base+'noto-sans/400Regular',jp+'400Regular',jp+'700Bold']}],jpb:[{fontBlobs:[readFileSync(jp+'400Regular/NotoSansJP_400Regular.ttf')]}]})) {
 const s=performance.now(); const r0=process.memoryUsage.rss(); const c=NodeCompiler.create({fontArgs:args}); const d=c.compile({mainFileContent:'#set text(font: "Noto Sans")\nhello 佐藤 😀 שלום'}); const t=performance.now()-s
 try { const p=c.pdf(d.result,{pdfStandard:'a-3a'}); console.log(n,t.toFixed(0),'ok',p.length,p.toString('latin1').match(/\/BaseFont \/[^\s\/]+/g)?.join(), (process.memoryUsage.rss()-r0)/1e6) } catch(e){console.log(n,t.toFixed(0),String(e).slice(0,200))}
}
