export { businessPage } from '#door/business-page.ts'
