// How large, how long, until when.

/** A file: 500 MiB. */
export const MOST_BYTES = 500 * 1024 ** 2
/** An address to upload to is good for so long: the bytes have to begin to come. */
export const UPLOAD_BEGINS_WITHIN = Temporal.Duration.from({ minutes: 15 })
/** They have to be there so long after. */
export const UPLOAD_LASTS = Temporal.Duration.from({ hours: 1 })
/** Nothing is taken away under whoever might still be writing it. */
export const UPLOAD_LEEWAY = Temporal.Duration.from({ minutes: 10 })
/** What is uploaded and attached to nothing. */
export const UNATTACHED_STAYS = Temporal.Duration.from({ hours: 24 })
/** An address to download from. */
export const DOWNLOAD_LASTS = Temporal.Duration.from({ hours: 1 })
