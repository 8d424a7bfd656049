;;; onrecord.el --- Onrecord for news drafts, with Eglot  -*- lexical-binding: t -*-

;; Version: 0.9.0
;; Package-Requires: ((emacs "29.1"))
;; SPDX-License-Identifier: MIT OR Apache-2.0

;;; Commentary:

;; Put this file where Emacs finds it and (require 'onrecord).  A file that ends in .lede opens in `lede-mode', and
;; M-x eglot starts the server there; with `onrecord-start-at-once' it starts by itself.

;;; Code:

(require 'eglot)

(defgroup onrecord nil
  "A language server for news drafts."
  :group 'text)

(defcustom onrecord-command '("onrecord" "serve")
  "The command that starts the server."
  :type '(repeat string))

(defcustom onrecord-start-at-once t
  "Whether the server starts as soon as a draft is opened."
  :type 'boolean)

(defvar lede-font-lock-keywords
  '(("\\`\\(?:[A-Za-z-]+:.*\n\\)+" . font-lock-preprocessor-face)
    ("^#+ .*$" . font-lock-function-name-face)
    ("\\[[@^][^]]*\\]:?" . font-lock-constant-face)
    ("\\[\\(?:CQ\\|STET\\|TK\\|EDS?\\|DESK\\|LEGAL\\|NOTE\\|PHOTO\\|COPY\\|FC\\|CHECK\\)\\b[^]]*\\]" . font-lock-warning-face)
    ("\\_<TK[A-Z0-9]*\\_>" . font-lock-warning-face)
    ("“[^”]*”" . font-lock-string-face)
    ("<!--\\(?:.\\|\n\\)*?-->" . font-lock-comment-face))
  "Colours of a draft before the server answers.")

;;;###autoload
(define-derived-mode lede-mode text-mode "Lede"
  "News drafts in Lede, the markup of Onrecord."
  (setq-local font-lock-defaults '(lede-font-lock-keywords t)
              comment-start "<!-- "
              comment-end " -->")
  (visual-line-mode 1)
  (when onrecord-start-at-once
    (eglot-ensure)))

;;;###autoload
(add-to-list 'auto-mode-alist '("\\.lede\\(?:\\.md\\)?\\'" . lede-mode))

(add-to-list 'eglot-server-programs
             (cons '(lede-mode :language-id "lede")
                   (lambda (&rest _) onrecord-command)))

(provide 'onrecord)

;;; onrecord.el ends here
