//! The protocol: the only place that knows tower-lsp and its types.
