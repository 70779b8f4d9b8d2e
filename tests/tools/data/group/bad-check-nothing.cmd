group check
