/** Holds 'light' or 'dark' where the customer chose; written by the browser, read by the server so that no page flashes. */
export const COLOR_MODE_COOKIE = 'portico_mode'
