/** PostgreSQL's channel that wakes the workers where somebody waits for them; the payload is the mode. A poll is the fallback. */
export const WORK_CHANNEL = 'portico_work'
