;;; check.el --- Emacs with its own Eglot: finding, hover, quick fix, rename, symbols  -*- lexical-binding: t -*-
;; Run by run.sh on ferry.lede.  Prints a line of JSON for each thing seen, then how many were there; exit code 0 if all were.

(require 'json)
(require 'imenu)
(setq native-comp-jit-compilation nil native-comp-enable-subr-trampolines nil make-backup-files nil auto-save-default nil create-lockfiles nil
      eglot-sync-connect 20 eglot-send-changes-idle-time 0.05 eglot-confirm-server-edits nil eglot-report-progress nil)

(defvar check-wait 30 "Seconds that something may take before it is given up.")
(defvar check-passed 0)
(defvar check-failed 0)
(defvar check-expected
  (let ((json-object-type 'alist))
    (json-read-file (expand-file-name "expected.json" (getenv "ONRECORD_TESTS")))))

(defun check-want (&rest keys)
  "The value of KEYS in expected.json."
  (let ((value check-expected))
    (dolist (key keys value) (setq value (alist-get key value)))))

(defun check-until (what condition)
  "Wait for CONDITION, which is WHAT; return what it gives."
  (let ((end (+ (float-time) check-wait)) found)
    (while (and (not (setq found (funcall condition))) (< (float-time) end))
      (accept-process-output nil 0.02))
    (or found (error "waited in vain for %s" what))))

(defmacro check (name &rest body)
  "Run BODY as the test NAME."
  (declare (indent 1))
  `(condition-case problem
       (let ((seen (progn ,@body)))
         (setq check-passed (1+ check-passed))
         (princ (concat (json-encode (list (cons 'test ,name) (cons 'ok t) (cons 'seen (format "%s" seen)))) "\n")))
     (error
      (setq check-failed (1+ check-failed))
      (princ (concat (json-encode (list (cons 'test ,name) (cons 'ok :json-false) (cons 'error (format "%s" problem)))) "\n")))))

(defun check-words (diagnostic)
  "The words under DIAGNOSTIC."
  (buffer-substring-no-properties (flymake-diagnostic-beg diagnostic) (flymake-diagnostic-end diagnostic)))

(defun check-finding (words)
  "The diagnostic on WORDS."
  (seq-find (lambda (one) (equal (check-words one) words)) (flymake-diagnostics)))

(defun check-go (words)
  "Go to WORDS."
  (goto-char (point-min))
  (search-forward words)
  (goto-char (+ (match-beginning 0) 1)))

(check "the draft opens in lede-mode, and the server answers"
  (find-file (car command-line-args-left))
  (unless (derived-mode-p 'lede-mode) (error "mode is %s" major-mode))
  (unless (eglot-managed-p)
    (apply #'eglot--connect (eglot--guess-contact)))
  (check-until "the server" #'eglot-managed-p)
  emacs-version)

(flymake-mode 1)
(seq-doseq (want (check-want 'findings))
  (let ((words (alist-get 'words want)))
    (check (concat "finds " (alist-get 'rule want))
      (flymake-diagnostic-text (check-until words (lambda () (check-finding words)))))))

(check "hover on a speaker"
  (check-go (check-want 'hover 'on))
  (let* ((hover (eglot--request (eglot--current-server-or-lose) :textDocument/hover (eglot--TextDocumentPositionParams)))
         (said (plist-get (plist-get hover :contents) :value)))
    (unless (string-search (check-want 'hover 'says) (or said "")) (error "it says: %s" said))
    said))

(check "symbols: the outline has who speaks"
  (let* ((index (eglot-imenu))
         (said (format "%S" index)))
    (unless (string-search (check-want 'hover 'says) said) (error "it has: %s" said))
    (length index)))

(check "the quick fix makes its finding go"
  (let ((words (check-want 'fix 'words)) (title (check-want 'fix 'title)))
    (check-go words)
    (cl-letf (((symbol-function 'completing-read)
               (lambda (_prompt rows &rest _)
                 (let ((titles (mapcar (lambda (row) (if (consp row) (car row) row)) rows)))
                   (or (seq-find (lambda (row) (string-search title row)) titles)
                       (error "offered: %s" titles))))))
      ;; A list there would mean the mouse, and a menu.
      (let ((last-nonmenu-event t))
        (eglot-code-actions (point) nil nil t)))
    (check-until "the change of the text"
                 (lambda () (save-excursion (goto-char (point-min)) (search-forward (check-want 'fix 'leaves) nil t))))
    (check-until "the finding to go" (lambda () (and (flymake-diagnostics) (not (check-finding words)))))
    title))

(check "a name is renamed through the draft"
  (check-go (check-want 'hover 'on))
  (eglot-rename (check-want 'rename 'to))
  (let ((text (buffer-substring-no-properties (point-min) (point-max))))
    (unless (string-search (check-want 'rename 'leaves) text) (error "it says: %s" text))
    (check-want 'rename 'leaves)))

(princ (format "%d passed, %d failed\n" check-passed check-failed))
(set-buffer-modified-p nil)
(ignore-errors (eglot-shutdown (eglot--current-server-or-lose)))
(kill-emacs (if (zerop check-failed) 0 1))
