// Shows a PDF in the element with data-reading (the address of the file), with paging, zoom, search and printing; for /werk/documenten/<id> alone.
import "./reading/page.js";
