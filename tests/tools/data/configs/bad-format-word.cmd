configs --format jsno
