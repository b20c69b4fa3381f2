// After a failed form the reader starts at the summary of errors.
document.getElementById("error-summary")?.focus();
