traffic --canary 10:5 --format svg --title 'Shop-Checkout.Production_Canary+10Percent-For-5-Minutes-Then-Everything=Reviewed,2026@Operations-Team'
