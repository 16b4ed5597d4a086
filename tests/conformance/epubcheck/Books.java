import com.adobe.epubcheck.api.EpubCheck;
import com.adobe.epubcheck.util.WriterReportImpl;
import java.io.File;
import java.io.PrintWriter;
import java.io.StringWriter;

/** EPUBCheck on many books in one process: "PASS FILE" or "FAIL FILE" a line, what it found before it. */
public final class Books {
    public static void main(String[] files) {
        for (String file : files) {
            StringWriter found = new StringWriter();
            WriterReportImpl report = new WriterReportImpl(new PrintWriter(found), "", true);
            new EpubCheck(new File(file), report).doValidate();
            report.generate();
            boolean good = report.getErrorCount() + report.getFatalErrorCount() + report.getWarningCount() == 0;
            if (!good) System.out.print(found);
            System.out.println((good ? "PASS " : "FAIL ") + file);
        }
    }
}
