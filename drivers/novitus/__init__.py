"""Fiscal printers that speak NoviAPI, the JSON interface of Novitus."""
