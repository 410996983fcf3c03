// Package sheet 打印 puts the office's books and forms on paper: a register as a bound [Book] or an Excel workbook, a
// single matter as a [Form].
//
// It manages paper: sizes, margins, columns, rows, page breaks, signatures and check marks, by the common rules for
// printed sheets. It does not know where the rows come from or who may see them; what is handed over
// is printed.
//
// Invariants: nothing handed over is left out — text that does not fit makes its row higher or goes on overleaf, and a
// void number stays, struck through; the workbook has the same columns in the same order as the print.
package sheet
