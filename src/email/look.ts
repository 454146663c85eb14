// How mails look: every colour, the radius and the logo in one object, so that a merchant's theme has one thing to replace.

export interface MailColors {
  page: string
  sheet: string
  border: string
  ink: string
  soft: string
  button: string
  button_text: string
  well: string
}

export interface MailLook {
  light: MailColors
  /** For readers that ask for the dark. */
  dark: MailColors
  radius: string
  /** An image at an absolute address that stands in the place of the name; the only one a mail may have. */
  logo: string | null
}

export const plainLook: MailLook = {
  light: {
    page: '#f6f6f4',
    sheet: '#ffffff',
    border: '#e4e4e0',
    ink: '#191a1c',
    soft: '#5f636b',
    button: '#1d4f3f',
    button_text: '#ffffff',
    well: '#f6f6f4',
  },
  dark: {
    page: '#131416',
    sheet: '#1a1b1e',
    border: '#2b2d31',
    ink: '#ecedee',
    soft: '#a2a6ad',
    button: '#7fd1b0',
    button_text: '#0d1f18',
    well: '#222428',
  },
  radius: '8px',
  logo: null,
}
