"""What the law wants a borrower to see: costs, rates, tables."""
