/** veraPDF's command line over its own parser: the two come as separate artifacts, without a main class that joins them. */
public final class Verify {
    public static void main(String[] arguments) throws Exception {
        org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider.initialise();
        org.verapdf.cli.VeraPdfCli.main(arguments);
    }
}
