"""From the bytes of a PDF to tables, and from tables to checked records. No input or output but the PDF itself."""
