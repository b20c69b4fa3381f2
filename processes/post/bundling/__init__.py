"""The file of a case as one PDF or as one zip: a list of papers in, one file on disk out. It asks nobody who may read what.

`order` is what is asked for, `child` a process of its own that makes the PDF, `zipping` makes the zip. In the PDF each paper is
read by a process of its own too (`source`), which adds its cleaned pages to the end of the file (`writing`): what is in memory
at once is one paper, however many there are; meanwhile another lays out the front (`laying_out`). A paper that cannot be read gets a sheet in its place.
"""
