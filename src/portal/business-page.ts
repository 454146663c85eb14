export { businessPage, pageBusiness } from '#door/business-page.ts'
