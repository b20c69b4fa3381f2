"""The letterhead is the administrator's: what is filled in at a day stands in letters from that day on (Awb 3:45, 10:10)."""
