server = smtplib.SMTP('email-smtp.eu-west-1.amazonaws.com', 587)
server.starttls()
server.login(os.environ['AWS_ACCESS_KEY_ID'], os.environ['AWS_SECRET_ACCESS_KEY'])
# smtplib.SMTPAuthenticationError: (535, b'Authentication Credentials Invalid')
