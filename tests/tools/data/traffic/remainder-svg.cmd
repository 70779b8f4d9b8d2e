traffic --linear 15:1 --format svg --title "Roll out <checkout> & co."
