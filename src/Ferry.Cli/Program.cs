using Ferry.Cli;

return (int)CommandLineProgram.Run(Environment.GetCommandLineArgs(), ProcessEnvironment.Current());
