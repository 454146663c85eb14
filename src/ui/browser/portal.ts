// Comforts. Every page works without this file.
import './color-mode-switch.ts'
import './copy-button.ts'
import './countdown.ts'
import './open-dialog.ts'
import './submit-once.ts'
