"""What follows from decisions, orders and days: plain values in, plain values out; the day comes in as an argument."""
