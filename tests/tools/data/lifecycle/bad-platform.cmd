lifecycle --platform severs
