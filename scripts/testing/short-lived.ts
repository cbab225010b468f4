// A service that dies at once; with READY=1 it has told its supervisor that it serves.
if (process.env.READY === '1') process.send?.('ready', () => process.exit(1));
else process.exit(1);
